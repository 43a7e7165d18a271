"""Reinforcement learning (lecture rows 125–141): the agent, its memory, its games. Nothing here imports Qt."""
