"""What stands in for a certification provider in the demonstration and the tests."""
