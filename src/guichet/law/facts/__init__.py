"""Values that other texts decide (tariff, postage, who the office is): dated data in readable files, each with its source."""
