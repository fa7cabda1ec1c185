"""The city's bodies, the authorities and organisations, their secrecy areas, people and roles."""
