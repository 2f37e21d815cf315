def calculate_sum(numbers):
    total = 0
    for num in numbers:
        total += num
    return total


# Create a list of numbers
my_numbers = [1, 2, 3, 4, 5]

# Call the function and store the result
result = calculate_sum(my_numbers)

# Print the result
print("The sum is:", result)
