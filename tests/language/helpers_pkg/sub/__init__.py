print("loading", __name__)
from .. import VALUE as up
