"""The writing of folders of files: all of them, or nothing."""
