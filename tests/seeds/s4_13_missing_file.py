def process_image_in_chunks(image_path, chunk_size=1024):
    with open(image_path, 'rb') as f:
        while True:
            chunk = f.read(chunk_size)
            if not chunk:
                break


image_path = "large_image.jpg"
try:
    process_image_in_chunks(image_path)
except FileNotFoundError as e:
    print(f"FileNotFoundError: {e}")
