using System.Text;
using PeerReview.Server.Platform.Documents;
using Xunit;

namespace PeerReview.Server.Tests.Publication;

/// <summary>How a browser is run: programs in its place tell what they were given.</summary>
public sealed class ChromiumPrinterTests : IDisposable
{
    private const UnixFileMode Open = (UnixFileMode)0b111_101_101;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("peerreview-browser-");

    public ChromiumPrinterTests() => File.SetUnixFileMode(_folder.FullName, Open);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task It_sees_none_of_our_environment_is_not_root_and_leaves_nothing_behind()
    {
        Environment.SetEnvironmentVariable("PEERREVIEW_TEST_SECRET", "hush");
        var said = await PrintAsync("{ env; id -u; pwd; } > \"$HOME/report.pdf\"");

        Assert.DoesNotContain("hush", said, StringComparison.Ordinal);
        Assert.DoesNotContain("PEERREVIEW", said, StringComparison.Ordinal);
        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEqual("0", lines[^2]);
        Assert.False(Directory.Exists(lines[^1]));
    }

    [Fact]
    public async Task It_is_told_to_ask_nobody_and_reads_one_file()
    {
        var said = await PrintAsync("{ for one in \"$@\"; do echo \"$one\"; done; cat \"$HOME/report.html\"; } > \"$HOME/report.pdf\"");

        Assert.Contains("--host-resolver-rules=MAP * ~NOTFOUND\n", said, StringComparison.Ordinal);
        Assert.DoesNotContain("--no-sandbox", said, StringComparison.Ordinal);
        Assert.EndsWith("<p>drawn</p>", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_takes_too_long_is_ended_with_all_it_started()
    {
        var failure = await Assert.ThrowsAsync<ReportFileException>(() => PrintAsync(
            $"sleep 600 & echo $! > {_folder.FullName}/helper; wait", TimeSpan.FromSeconds(2), writable: true));

        Assert.Equal("too-slow", failure.Why);
        var helper = (await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "helper"), Cancel)).Trim();
        // Who is killed dies when the machine gets to it.
        for (var left = 100; left > 0 && await RunsAsync(helper); left--)
            await Task.Delay(100, Cancel);
        Assert.False(await RunsAsync(helper));
    }

    private static async Task<bool> RunsAsync(string process)
    {
        try
        {
            return !(await File.ReadAllTextAsync($"/proc/{process}/stat", Cancel)).Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    [Fact]
    public async Task Without_a_sandbox_only_root_goes_on_without_one()
    {
        const string script = "case \"$*\" in *--no-sandbox*) echo made > \"$HOME/report.pdf\";; *) echo 'No usable sandbox!' >&2; exit 1;; esac";
        if (Environment.IsPrivilegedProcess)
            Assert.Equal("made\n", await PrintAsync(script));
        else
            Assert.Contains("chromium-sandbox", (await Assert.ThrowsAsync<ReportFileException>(() => PrintAsync(script))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_not_there_or_no_program_is_named()
    {
        using var nowhere = new ChromiumPrinter(new ChromiumOptions(Path.Combine(_folder.FullName, "nothing")));
        Assert.Equal("no-browser", (await Assert.ThrowsAsync<ReportFileException>(() => nowhere.PrintAsync("", Cancel))).Why);

        var file = Path.Combine(_folder.FullName, "text");
        await File.WriteAllTextAsync(file, "no program", Cancel);
        using var text = new ChromiumPrinter(new ChromiumOptions(file));
        Assert.Equal("browser", (await Assert.ThrowsAsync<ReportFileException>(() => text.PrintAsync("", Cancel))).Why);
    }

    [Fact]
    public void What_a_PDF_says_of_its_making_becomes_the_same_everywhere_and_nothing_moves()
    {
        const string viewer = "\n/ViewerPreferences <</Type /ViewerPreferences\n/DisplayDocTitle true>>";
        const string before = "1 0 obj\n<</Creator (PeerReview)\n/Producer (Skia/PDF m156)\n/CreationDate (D:20261128213120+00'00')\n/ModDate (D:20261128213120+00'00')>>\nendobj é";

        var after = Encoding.Latin1.GetString(PdfMetadata.Tidy(
            Encoding.Latin1.GetBytes(before + viewer), new DateTimeOffset(2026, 1, 2, 5, 4, 5, TimeSpan.FromHours(2)), rightToLeft: true));

        Assert.Equal(
            "1 0 obj\n<</Creator (PeerReview)\n/Producer (PeerReview)   \n/CreationDate (D:20260102030405+00'00')\n/ModDate (D:20260102030405+00'00')>>\nendobj é"
            + "\n/ViewerPreferences <</Direction /R2L         \n/DisplayDocTitle true>>",
            after);
    }

    [Fact]
    public void A_place_in_a_PDF_is_on_the_page_its_tree_counts()
    {
        const string pdf =
            """
            7 0 obj
            <</Type /Pages
            /Count 1
            /Kids [3 0 R]
            /Parent 9 0 R>>
            endobj
            9 0 obj
            <</Type /Pages
            /Count 3
            /Kids [5 0 R 7 0 R 4 0 R]>>
            endobj
            10 0 obj
            <</part-N-a [5 0 R /XYZ 0 529.16998 0]
            /item-N-a.a1 [3 0 R /XYZ 0 660.41998 0]
            /C-01 [4 0 R /XYZ 0 398 0]>>
            endobj
            11 0 obj
            <</Type /Catalog
            /Pages 9 0 R
            /Dests 10 0 R>>
            """;

        var places = PdfPlaces.Of(Encoding.Latin1.GetBytes(pdf.ReplaceLineEndings("\n")));

        Assert.Equal(["C-01 3", "item-N-a.a1 2", "part-N-a 1"], places.Select(p => $"{p.Key} {p.Value}").Order(StringComparer.Ordinal));
        Assert.Empty(PdfPlaces.Of("%PDF-1.7"u8.ToArray()));
    }

    private async Task<string> PrintAsync(string script, TimeSpan? patience = null, bool writable = false)
    {
        var program = Path.Combine(_folder.FullName, "chromium");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\n{script}\n", Cancel);
        File.SetUnixFileMode(program, Open);
        if (writable)
            File.SetUnixFileMode(_folder.FullName, (UnixFileMode)0b111_111_111);
        using var printer = new ChromiumPrinter(new ChromiumOptions(program) { Patience = patience ?? TimeSpan.FromSeconds(60) });
        return Encoding.UTF8.GetString(await printer.PrintAsync("<p>drawn</p>", Cancel));
    }
}
