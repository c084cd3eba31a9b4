"""What bots use: the methods of the Bot API and the HTTP that carries them."""
