"""The helper package."""
print("loading", __name__)
VALUE = 10
from . import tools
