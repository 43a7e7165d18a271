"""The R-CNN family and YOLO on one picture, stage by stage: what each makes, and how long it takes."""
