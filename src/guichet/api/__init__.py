"""The HTTP API of Guichet and its OpenAPI description: the same questions and operations as the pages."""
