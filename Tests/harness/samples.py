"""Small real files of every kind, made with ffmpeg and Pillow, each once per run of the tests."""

import random
import subprocess
from pathlib import Path

from PIL import Image, ImageDraw


class Samples:
    def __init__(self, folder: Path):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)

    def mp4(self, seconds: int = 20) -> Path:
        """H.264 and AAC: what every browser plays as it is."""
        return self._ffmpeg(
            f"film-{seconds}.mp4",
            *self._picture_and_sound(seconds),
            *"-c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 25 -c:a aac -b:a 96k -movflags +faststart".split(),
        )

    def avi(self, seconds: int = 6) -> Path:
        """MPEG-4 Part 2 and MP3 in AVI: no browser plays it."""
        return self._ffmpeg(
            f"old-film-{seconds}.avi",
            *self._picture_and_sound(seconds),
            *"-c:v mpeg4 -q:v 6 -c:a libmp3lame -b:a 96k".split(),
        )

    def hevc(self, seconds: int = 40) -> Path:
        """H.265 of 540 lines: encoded for browsers, in two qualities."""
        picture = f"-f lavfi -i testsrc2=size=960x540:rate=12:duration={seconds}"
        return self._ffmpeg(
            f"phone-{seconds}.mp4",
            *f"{picture} -f lavfi -i sine=frequency=440:duration={seconds}".split(),
            *"-c:v libx265 -preset ultrafast -x265-params log-level=error -pix_fmt yuv420p -c:a aac -b:a 64k".split(),
        )

    def mp3(self, seconds: int = 12) -> Path:
        return self._ffmpeg(
            f"song-{seconds}.mp3",
            *f"-f lavfi -i sine=frequency=330:duration={seconds}".split(),
            *"-c:a libmp3lame -b:a 96k -metadata title=Evening -metadata artist=Nobody".split(),
        )

    def jpeg(self) -> Path:
        """Stored lying on its side, with the EXIF orientation that turns it upright: 300 wide, 400 high when shown."""
        path = self.folder / "portrait.jpg"
        if not path.exists():
            upright = Image.new("RGB", (300, 400), (240, 240, 235))
            draw = ImageDraw.Draw(upright)
            draw.rectangle((0, 0, 300, 100), fill=(200, 30, 40))
            draw.rectangle((0, 300, 300, 400), fill=(30, 60, 200))
            exif = Image.Exif()
            exif[0x0112] = 6
            upright.transpose(Image.Transpose.ROTATE_90).save(path, quality=92, exif=exif)
        return path

    def pdf(self) -> Path:
        path = self.folder / "letter.pdf"
        if not path.exists():
            page = Image.new("RGB", (595, 842), "white")
            draw = ImageDraw.Draw(page)
            draw.rectangle((60, 60, 535, 180), fill=(20, 120, 90))
            for line in range(12):
                draw.rectangle((60, 230 + 40 * line, 535 - 30 * (line % 4), 244 + 40 * line), fill=(90, 90, 90))
            page.save(path, "PDF", resolution=72)
        return path

    def png(self, number: int) -> Path:
        """A tiny picture, different for each number."""
        path = self.folder / f"dot-{number}.png"
        if not path.exists():
            source = random.Random(number)
            Image.new("RGB", (24, 24), tuple(source.randrange(256) for _ in range(3))).save(path)
        return path

    def text(self, size: int, name: str) -> Path:
        """A plain text of exactly this many bytes."""
        path = self.folder / name
        if not path.exists() or path.stat().st_size != size:
            source = random.Random(size)
            words = " ".join(source.choice(["film", "song", "letter", "photo", "book"]) for _ in range(5000)) + "\n"
            words = words.encode()
            with open(path, "wb") as file:
                for start in range(0, size, len(words)):
                    file.write(words[: size - start])
        return path

    @staticmethod
    def _picture_and_sound(seconds: int) -> list[str]:
        picture = f"-f lavfi -i testsrc2=size=640x360:rate=25:duration={seconds}"
        return f"{picture} -f lavfi -i sine=frequency=440:duration={seconds}".split()

    def _ffmpeg(self, name: str, *arguments: str) -> Path:
        path = self.folder / name
        if not path.exists():
            subprocess.run(["ffmpeg", "-v", "error", "-y", *arguments, str(path)], check=True, stdin=subprocess.DEVNULL)
        return path
