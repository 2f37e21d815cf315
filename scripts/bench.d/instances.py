"""Allocation: instances that live briefly, in lists and dictionaries."""


class Order:
    count = 0

    def __init__(self, number, customer, lines):
        self.number = number
        self.customer = customer
        self.lines = lines
        Order.count += 1

    def total(self):
        return sum([line.price * line.amount for line in self.lines])


class Line:
    def __init__(self, price, amount):
        self.price = price
        self.amount = amount


def batch(n, offset):
    orders = {}
    for i in range(n):
        lines = [Line(i % 17 + k, k + 1) for k in range(3)]
        orders[i] = Order(i + offset, f"customer {i % 100}", lines)
    by_customer = {}
    for order in orders.values():
        by_customer[order.customer] = by_customer.get(order.customer, 0) + order.total()
    return max(by_customer.values())


print(sum(batch(2000, k) for k in range(200)), Order.count)
