"""Methods, attributes, inheritance: tasks of several kinds under a scheduler."""


class Task:
    def __init__(self, name, priority, scheduler):
        self.name, self.priority, self.scheduler = name, priority, scheduler
        self.queue = []
        self.waiting = False
        self.runs = 0
        scheduler.add(self)

    def post(self, packet):
        self.queue.append(packet)
        self.waiting = False

    def run(self):
        self.runs += 1
        if self.queue:
            self.handle(self.queue.pop(0))
        else:
            self.waiting = True

    def handle(self, packet):
        raise NotImplementedError


class Packet:
    def __init__(self, kind, value):
        self.kind, self.value, self.hops = kind, value, 0


class Worker(Task):
    total = 0

    def handle(self, packet):
        packet.value = (packet.value * 31 + self.priority) % 10007
        packet.hops += 1
        self.total += packet.value
        self.scheduler.send(packet.value % 5, packet)


class Filter(Task):
    dropped = 0

    def handle(self, packet):
        packet.hops += 1
        if packet.hops > 30:
            self.dropped += 1
            self.scheduler.fresh()
        else:
            packet.value += 1
            self.scheduler.send(packet.value % 5, packet)


class Idle(Task):
    seed = 1

    def run(self):
        self.runs += 1
        self.seed = self.seed >> 1 ^ 0xD008 if self.seed & 1 else self.seed >> 1
        self.handle(None)

    def handle(self, packet):
        if self.seed % 3 == 0:
            self.scheduler.fresh()


class Scheduler:
    def __init__(self):
        self.tasks = []
        self.made = 0

    def add(self, task):
        self.tasks.append(task)

    def send(self, number, packet):
        self.tasks[number].post(packet)

    def fresh(self):
        self.made += 1
        if self.made < 30000:
            self.send(self.made % 5, Packet("p", self.made))

    def loop(self, rounds):
        for _ in range(rounds):
            for task in self.tasks:
                if not task.waiting:
                    task.run()


scheduler = Scheduler()
for i in range(3):
    Worker(f"worker {i}", i, scheduler)
for i in range(2):
    Filter(f"filter {i}", i, scheduler)
Idle("idle", 9, scheduler)
for i in range(20):
    scheduler.fresh()
scheduler.loop(260000)
print([task.runs for task in scheduler.tasks], scheduler.made, sum(t.total for t in scheduler.tasks[:3]))
