using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Platform.Mail;

/// <summary>Where the product is reached from outside: the start of the address in every letter.</summary>
/// <remarks>Configured, or else where the program listens. The latter is kept in the database, so that a command line that
/// moves the clock writes the same addresses as the program that serves.</remarks>
public sealed class PublicAddress(Database database, Uri? configured)
{
    private static readonly Uri Nowhere = new("http://localhost/");

    private Uri? _known;

    /// <summary>The address; ends with <c>/</c>.</summary>
    public async ValueTask<Uri> GetAsync(CancellationToken cancel) =>
        configured ?? (_known ??= Stored(await database.Worker.SingleOrDefaultAsync<string>(Scope.None, Sql.Read, null, cancel)));

    /// <summary>Tells where the program listens; ignored when an address is configured.</summary>
    public async Task ListensAtAsync(string url, CancellationToken cancel)
    {
        if (configured is not null)
            return;
        // A program that listens everywhere is reached at this machine's own name at least.
        var address = new UriBuilder(url.Replace("://*", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal));
        if (address.Host is "0.0.0.0" or "[::]")
            address.Host = "localhost";
        _known = address.Uri;
        await database.ExecuteAsync(Scope.None, Sql.Keep, new { Address = _known.AbsoluteUri }, cancel);
    }

    private static Uri Stored(string? address) => address is null ? Nowhere : new Uri(address);

    private static class Sql
    {
        public const string Read = "SELECT value FROM app.setting WHERE key = 'address'";

        public const string Keep =
            """
            INSERT INTO app.setting (key, value) VALUES ('address', @Address)
            ON CONFLICT (key) DO UPDATE SET value = excluded.value
            """;
    }
}
