"""What pages are built from. Widgets know the look and the engine's value types, no pages."""
