"""A quality-of-life questionnaire portal for medicines under early access."""
