"""The stand-in portal: the pages of the training stand, in two skins."""
