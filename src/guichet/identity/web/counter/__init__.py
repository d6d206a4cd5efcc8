"""The screens of the authorities."""
