"""What there is: people, chats, topics, messages and files."""
