"""What may be shown? One door through which every release passes, so that no group and no person can be worked out.

Start in `release` (the door) and `thresholds` (the limits). `tables` counts people, `suppression` chooses what is left
out, `attack` plays the reader with pen, paper and every earlier release. `amounts`, `summaries`, `curves` and `texts`
are the door for kronor, means, curves, captions and records.
"""
