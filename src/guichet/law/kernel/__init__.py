"""What every text shares: answers, addresses, provisions, tables, clocks, calendar, procedures, money."""
