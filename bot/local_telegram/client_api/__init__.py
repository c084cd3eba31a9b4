"""What the apps of people use: what they show, and what a person does in them."""
