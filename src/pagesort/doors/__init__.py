"""The ways in: command line and HTTP. They translate; they decide nothing."""
