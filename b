5 ['fr', 'new', 'x'] FrameLocalsProxy 6
5 True 4 ['fr', 'd', 'x', 'new'] True
Traceback (most recent call last):
  File "/tmp/clean/fl.py", line 25, in <module>
    f()
    ~^^
  File "/tmp/clean/fl.py", line 10, in f
    d.update(x=7); print(x)
    ~~~~~~~~^^^^^
TypeError: FrameLocalsProxy.update() takes no keyword arguments
