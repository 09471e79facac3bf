"""Who competes: how each is told of the images, what is run, and what the origin should see of it."""

import os
import shutil
from collections import Counter
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]

OURS, PEER, LIMIT, BASELINE = "ours", "peer", "limit", "baseline"


class Contender:
    name = about = ""
    role = PEER
    needs = ()
    kinds = ("cold", "warm", "changed", "novalidators")
    conditional = True  # it asks whether an image was modified; otherwise it fetches each anew
    sequential = False  # one request after the other: with latency there is no end to it
    writes = True  # its files are to be as they are at the origin
    most_images = 1_000_000

    def missing(self) -> list[str]:
        return [tool for tool in self.needs if not shutil.which(tool)]

    def takes_part(self, kind: str, images: int, distant: bool) -> bool:
        return kind in self.kinds and images <= (100 if self.sequential and distant else self.most_images)

    def prepare(self, place):
        """Writes what tells it of the images, into a folder that has none yet. Not timed."""

    def bring_in_step(self, place):
        """What leads to a warm run; for who writes nothing, nothing does. Not timed either."""
        if self.writes:
            place.run(self.command(place, "cold"), self.request(place))

    def command(self, place, kind: str) -> list:
        raise NotImplementedError

    def request(self, place) -> Path | None:
        """What its command reads, where it answers on its output when that is carried out; None where it reads nothing."""

    def expected(self, kind: str, images: int, changed: int) -> Counter:
        """How many answers of each status the origin should have given."""
        unmodified = {"warm": images, "changed": images - changed}.get(kind, 0) if self.conditional else 0
        return +Counter({200: images - unmodified, 304: unmodified})


class MSBuild(Contender):
    """A project with the images as items; a cold process, as in CI."""

    needs = ("dotnet",)
    before = item = after = ""

    def prepare(self, place):
        items = "".join(self.item.format(url=url, name=name) for url, name in place.images_by_url)
        (place.project / "consumer.csproj").write_text(
            f'<Project Sdk="Microsoft.NET.Sdk">{self.before}<PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>'
            f"<ItemGroup>{items}</ItemGroup>{self.after}</Project>")

    def command(self, place, kind):
        return ["dotnet", "msbuild", place.project / "consumer.csproj", "-nologo", "-v:quiet", "-tl:off", "-nr:false", "-t:SyncImages"]


class ImageSync(MSBuild):
    name, about, role = "imagesync", "this repository's ImageSync.targets and task", OURS
    # The task of the checkout; and, other than there, images are judged as a consumer's are.
    before = (f'<Import Project="{REPOSITORY}/build/bench/consumer.props" />'
              "<ItemDefinitionGroup><RemoteImage><MediaType>image/*</MediaType></RemoteImage></ItemDefinitionGroup>")
    item = '<RemoteImage Include="{url}" LocalPath="images/{name}" />'
    after = f'<Import Project="{REPOSITORY}/ImageSync.targets" />'


class Engine(Contender):
    name, about = "engine", "ImageSync's program alone, asked as its task asks it"

    def prepare(self, place):
        options = {"ProjectDirectory": place.project, "CacheFile": place.state / "engine.imagesync.cache"}
        lines = ["sync", *(f"option\t{name}\t{value}" for name, value in options.items()),
                 *(f"image\tInclude={url}\tLocalPath=images/{name}" for url, name in place.images_by_url), "go"]
        self.request(place).write_text("\n".join(lines) + "\n")

    def request(self, place):
        return place.state / "request"

    def command(self, place, kind):
        return [program(), "engine"]


class Command(Contender):
    name, about = "imagesync-cli", "the command imagesync sync over a list"

    def prepare(self, place):
        (place.project / "images.txt").write_text("".join(f"{url} images/{name}\n" for url, name in place.images_by_url))

    def command(self, place, kind):
        return [program(), "sync", "-q", place.project / "images.txt"]


def program() -> Path:
    return next(REPOSITORY.glob("src/ImageSync.Engine/bin/Release/linux-*/imagesync"))


class Noop(MSBuild):
    name, about, role = "dotnet-noop", "the same project with an empty target: what starting .NET and MSBuild costs", BASELINE
    item = ImageSync.item
    after = '<Target Name="SyncImages" />'
    writes = False

    # The SDK's globs find the files of every project; where the others have them, so must it.
    def bring_in_step(self, place):
        for name in place.corpus.names:
            os.link(place.corpus.folder / name, place.images / name)

    def expected(self, kind, images, changed):
        return Counter()


class DownloadFile(MSBuild):
    name, about = "downloadfile", "MSBuild's own DownloadFile task for each item, SkipUnchangedFiles"
    item = '<RemoteImage Include="{url}" Name="{name}" />'
    after = ('<Target Name="SyncImages"><DownloadFile SourceUrl="%(RemoteImage.Identity)" DestinationFolder="images" '
             'DestinationFileName="%(RemoteImage.Name)" SkipUnchangedFiles="true" /></Target>')
    conditional, sequential, most_images = False, True, 1_000


class Curl(Contender):
    name, about, needs = "curl", "curl --parallel, for each image -z FILE -R: the date alone", ("curl",)

    def prepare(self, place):
        images = (f'url = "{url}"\noutput = "{place.images / name}"\ntime-cond = "{place.images / name}"\nremote-time\nfail\nsilent\n'
                  f'cacert = "{place.certificate}"\n' for url, name in place.images_by_url)
        (place.state / "curl").write_text(f"parallel\nparallel-max = {place.connections}\nshow-error\n" + "next\n".join(images))

    def command(self, place, kind):
        return ["curl", "-q", "-K", place.state / "curl"]


class Wget(Contender):
    name, about, needs, sequential = "wget", "wget -N: the date alone, one connection", ("wget",), True

    def prepare(self, place):
        place.write_urls([url for url, _ in place.images_by_url])

    def command(self, place, kind):
        return ["wget", "-q", "-N", "-nd", "-P", place.images, f"--ca-certificate={place.certificate}", "-i", place.urls]


class Wget2(Wget):
    name, about, needs, sequential = "wget2", "wget2 -N: the date alone, threads", ("wget2",), False

    def command(self, place, kind):
        return ["wget2", f"--max-threads={place.connections}", "--no-hsts", "--no-ocsp", "--no-tls-resume", *super().command(place, kind)[1:]]


class H2Load(Contender):
    name, about, role = "h2load", "a load generator that writes nothing: what server and loopback allow", LIMIT
    needs, kinds, writes = ("h2load",), ("cold", "warm", "novalidators"), False

    def prepare(self, place):
        # Each connection takes the list from its start. So it is as long as one connection's share, and each image in it
        # stands for as many of about its size as there are connections: then the bytes are about those of all.
        share = place.connections if not place.h2 else 1
        by_size = sorted((place.corpus.size(name), url) for url, name in place.images_by_url)
        place.write_urls([typical(by_size[start:start + share]) for start in range(0, len(by_size), share)])

    def command(self, place, kind):
        ways = ["-c", "1", "-m", "100", "-w", "24", "-W", "26"] if place.h2 else ["--h1", "-c", str(min(place.connections, len(place.corpus.names)))]
        return ["h2load", "-t", "1", *ways, "-n", str(len(place.corpus.names)), "-i", place.urls, *(["-H", "if-none-match: *"] if kind == "warm" else [])]


class DotNetClient(Contender):
    name, about, role = "dotnet-client", "the same requests by .NET's HTTP client and nothing else: what a .NET program cannot do without", LIMIT
    needs, kinds, writes = ("dotnet",), ("cold", "warm", "novalidators"), False

    def prepare(self, place):
        place.write_urls([url for url, _ in place.images_by_url])

    def command(self, place, kind):
        at_once = 100 if place.h2 else place.connections
        return ["dotnet", REPOSITORY / "build/bench/DotNetClient/bin/Release/net10.0/DotNetClient.dll", place.urls, str(at_once), *(["*"] if kind == "warm" else [])]


def typical(images: list[tuple[int, str]]) -> str:
    mean = sum(size for size, _ in images) / len(images)
    return min(images, key=lambda image: abs(image[0] - mean))[1]


class Cp(Contender):
    name, about, role = "cp", "cp of the origin's folder, without a network: what the file system allows", LIMIT
    needs, kinds = ("cp",), ("cold",)

    def command(self, place, kind):
        return ["cp", "-r", f"{place.corpus.folder}/.", place.images]

    def expected(self, kind, images, changed):
        return Counter()


ALL = [ImageSync(), Command(), Engine(), Wget2(), Curl(), Wget(), DownloadFile(), H2Load(), DotNetClient(), Cp(), Noop()]
