import os


def process_image_in_chunks(image_path, chunk_size=1024):
    chunks = size = 0
    with open(image_path, 'rb') as f:
        while True:
            chunk = f.read(chunk_size)
            if not chunk:
                break
            # Process the chunk
            processed_chunk = bytes([b ^ 0xFF for b in chunk])  # Simple XOR operation
            chunks += 1
            size += len(processed_chunk)
    return chunks, size, processed_chunk[-3:]


image_path = "_large_image.tmp"
with open(image_path, "wb") as f:
    f.write(bytes(range(256)) * 18 + b"end")
print(process_image_in_chunks(image_path))
os.remove(image_path)
