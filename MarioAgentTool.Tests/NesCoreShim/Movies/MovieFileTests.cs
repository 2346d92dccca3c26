using System.Security.Cryptography;
using NesCoreShim.Movies;

namespace MarioAgentTool.Tests.Movies;

public class MovieFileTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("movies").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_movie_crosses_from_one_format_to_the_other_and_back()
    {
        Movie movie = Movies.TwoPads();
        string bk2 = Path.Combine(_folder, "run.bk2"), fm2 = Path.Combine(_folder, "run.FM2");
        MovieFile.Save(bk2, movie);
        MovieFile.Save(fm2, MovieFile.Load(bk2));
        Assert.That(MovieFile.Load(fm2).Frames, Is.EqualTo(movie.Frames));
    }

    [Test]
    public void An_unknown_ending_is_refused_with_the_known_ones()
    {
        string path = Path.Combine(_folder, "run.vbm");
        File.WriteAllText(path, "");
        Assert.That(() => MovieFile.Load(path), Throws.TypeOf<MovieFormatException>().With.Message.Contains(".bk2").And.Message.Contains(".fm2"));
        Assert.That(() => MovieFile.Save(path, new Movie()), Throws.TypeOf<MovieFormatException>().With.Message.Contains(".bk2"));
    }

    [Test]
    public void A_movie_that_cannot_be_written_leaves_the_old_file_alone()
    {
        string path = Path.Combine(_folder, "run.fm2");
        MovieFile.Save(path, Movies.TwoPads());
        byte[] before = File.ReadAllBytes(path);
        Assert.Throws<MovieFormatException>(() => MovieFile.Save(path, new Movie { Start = MovieStart.Savestate }));
        Assert.That(File.ReadAllBytes(path), Is.EqualTo(before));
    }

    [Test]
    public void The_two_sums_of_a_rom_cover_different_bytes()
    {
        // One 16 KiB bank of PRG, one 8 KiB bank of CHR, a trainer, and a stray byte behind.
        byte[] image = new byte[16 + 512 + 0x4000 + 0x2000 + 1];
        new Random(1).NextBytes(image);
        "NES\u001A"u8.CopyTo(image);
        image[4] = 1;
        image[5] = 1;
        image[6] = 0x04;
        MovieRom rom = MovieRom.Of("folder/Some Game.nes", image);
        Assert.Multiple(() =>
        {
            Assert.That(rom.Name, Is.EqualTo("Some Game"));
            Assert.That(rom.Sha1, Is.EqualTo(Convert.ToHexString(SHA1.HashData(image))));
            Assert.That(rom.Md5, Is.EqualTo(Convert.ToBase64String(MD5.HashData(image.AsSpan(16 + 512, 0x6000)))));
        });
    }

    [Test]
    public void A_rom_that_is_cut_short_has_no_sum()
    {
        byte[] image = new byte[16 + 100];
        "NES\u001A"u8.CopyTo(image);
        image[4] = 2;
        Assert.That(() => MovieRom.Of("a.nes", image), Throws.TypeOf<MovieFormatException>().With.Message.Contains("32768").And.Message.Contains("100"));
    }
}
