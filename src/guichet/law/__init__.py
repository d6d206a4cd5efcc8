"""The law core: three texts of the canton of Geneva as typed tables, answering with reasons; standard library only."""
