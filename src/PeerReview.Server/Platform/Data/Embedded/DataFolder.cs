using System.Security.Cryptography;
using System.Text;

namespace PeerReview.Server.Platform.Data.Embedded;

/// <summary>The folder of an embedded server: where its files are and whose they are.</summary>
/// <param name="Root">The folder held by <c>postgres.lock</c>.</param>
/// <param name="User">Whom the server runs as, or null for ourselves.</param>
internal sealed record DataFolder(string Root, string? User)
{
    private const string Fallback = "/var/lib/peerreview";

    // A socket's path fits in 107 bytes; ".s.PGSQL.5432.lock" stands beside it.
    private const int LongestSocketFolder = 85;

    /// <summary>What PostgreSQL calls PGDATA.</summary>
    public string Files => Path.Combine(Root, "postgres");

    /// <summary>The log of the server itself.</summary>
    public string Log => Path.Combine(Files, "server.log");

    private string PidFile => Path.Combine(Files, "postmaster.pid");

    /// <summary>Takes the folder asked for, or one under <c>/var/lib/peerreview</c> when root may go there and the user
    /// of the server may not.</summary>
    /// <param name="wanted">The folder asked for.</param>
    /// <param name="say">Where a sentence for the operator goes.</param>
    public static async Task<DataFolder> PrepareAsync(string wanted, Action<string> say, CancellationToken cancel)
    {
        var root = Path.GetFullPath(wanted);
        var user = PostgresProgram.UserInsteadOfRoot;
        // Others may at most pass through, as the user of the server must when we are root.
        const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        const UnixFileMode pass = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        if (!Directory.Exists(root))
            Directory.CreateDirectory(root, user is null ? own : own | pass);
        if (user is null || await CanReachAsync(root, user, cancel))
            return new DataFolder(root, user);

        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root)))[..12];
        var other = Path.Combine(Fallback, name);
        Directory.CreateDirectory(other);
        say($"The user {user}, whom PostgreSQL runs as, cannot reach {root}: its data are kept in {other}.");
        return new DataFolder(other, user);
    }

    /// <summary>Makes a folder that only the user of the server can enter.</summary>
    public async Task GiveToServerAsync(string folder, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (User is not null && (await PostgresProgram.RunAsync("chown", [User, folder], null, cancel)).ExitCode != 0)
            throw new DatabaseException($"The folder {folder} cannot be given to the user {User}.");
    }

    /// <summary>A folder for the socket: the data folder, which is closed to others anyway, unless its path is too long.</summary>
    public async Task<string> SocketFolderAsync(CancellationToken cancel)
    {
        if (Encoding.UTF8.GetByteCount(Files) <= LongestSocketFolder)
            return Files;
        var folder = Directory.CreateTempSubdirectory("peerreview-").FullName;
        await GiveToServerAsync(folder, cancel);
        return folder;
    }

    /// <summary>The folder of the socket of the live server: the fifth line of its pid file.</summary>
    public string LiveSocketFolder() => File.ReadLines(PidFile).ElementAt(4);

    private static async Task<bool> CanReachAsync(string folder, string user, CancellationToken cancel) =>
        (await PostgresProgram.RunAsync("test", ["-x", folder], user, cancel)).ExitCode == 0;
}
