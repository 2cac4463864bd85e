"""The same work done by this project and by others, in one run."""
