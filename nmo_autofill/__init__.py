"""Enters medical graduates on the НМФО portal: nothing wrong typed silently, nobody registered twice."""
