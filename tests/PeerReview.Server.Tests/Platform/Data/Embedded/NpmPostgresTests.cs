using PeerReview.Server.Platform.Data.Embedded;
using Xunit;

namespace PeerReview.Server.Tests.Platform.Data.Embedded;

public sealed class NpmPostgresTests : IDisposable
{
    private readonly string _cache = Directory.CreateTempSubdirectory("peerreview-npm-").FullName;

    public void Dispose() => Directory.Delete(_cache, recursive: true);

    [Fact]
    public void An_installed_package_is_found_and_its_missing_links_are_made()
    {
        Assert.NotNull(NpmPostgres.Package);
        Assert.Null(NpmPostgres.Find(_cache));
        var native = Path.Combine(_cache, "node_modules", NpmPostgres.Package, "native");
        foreach (var file in new[] { "bin/initdb", "bin/pg_ctl", "bin/postgres", "lib/libpq.so.5.18" })
            Write(Path.Combine(native, file), "x");
        Write(
            Path.Combine(native, "pg-symlinks.json"),
            """[{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"}]""");

        Assert.Equal(Path.Combine(native, "bin"), NpmPostgres.Find(_cache));
        Assert.Equal(Path.Combine(native, "bin"), NpmPostgres.Find(_cache));

        Assert.Equal("libpq.so.5.18", new FileInfo(Path.Combine(native, "lib", "libpq.so.5")).LinkTarget);
        Assert.Null(NpmPostgres.Find(_cache, major: "9"));
    }

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
