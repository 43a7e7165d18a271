"""The models on this machine: bundled, shipped by a package, downloaded, imported."""
