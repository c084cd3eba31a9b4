"""What goes over HTTP: parameters, answers and errors."""
