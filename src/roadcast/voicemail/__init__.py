"""Make a voicemail drop: what a phone system accepts, for those who may be reached, and nobody else."""
