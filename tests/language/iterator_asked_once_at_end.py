# A loop does not ask an iterator again that has said that it is at its end, also if others hold it.
class Steps:
    def __init__(self):
        self.asked = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.asked += 1
        if self.asked % 3 == 0:
            raise StopIteration
        return self.asked


def run(iterator):
    return [item for item in iterator]


def loop(iterator):
    seen = []
    for item in iterator:
        seen.append(item)
    else:
        seen.append("end")
    return seen


def answers():
    asked = 0

    def answer():
        nonlocal asked
        asked += 1
        return asked

    return answer


for _ in range(4):
    steps = Steps()
    print(loop(steps), steps.asked, loop(steps), steps.asked)
    print(run(steps), steps.asked)
    mapped = map(str, steps)
    print(loop(mapped), loop(mapped), steps.asked)
    filtered = filter(None, steps)
    print(loop(filtered), loop(filtered), steps.asked)
    called = iter(answers(), 3)
    print(loop(called), loop(called))
