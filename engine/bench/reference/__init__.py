"""The loops we compare with, one file each, written as the well-known example does it."""
