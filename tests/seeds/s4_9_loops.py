# stress: skip
def inefficient_approach():
    result = []
    for i in range(1000000):
        result.append(i ** 2)
    return result


def efficient_approach():
    return (i ** 2 for i in range(1000000))


# Compare memory usage
import sys
inefficient = inefficient_approach()
efficient = efficient_approach()
print(f"Inefficient approach: {len(inefficient)} items, at most 8.06 MB: {sys.getsizeof(inefficient) <= 8448728}")
print(f"Efficient approach: under 0.21 KB: {sys.getsizeof(efficient) / 1024 < 0.21}")
print(inefficient[-1], next(efficient), next(efficient), next(efficient))
