"""How far each radar is out, in range, azimuth and time, by aircraft that others saw too."""
