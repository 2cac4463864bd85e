"""The pages of the native skin, and those that both skins share."""
