namespace PeerReview.Testing.Faults;

/// <summary>A database with two nodes on it, and everything that can be done to them.</summary>
public sealed class FaultBed : IAsyncDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("peerreview-faults-");
    private readonly Node[] _nodes;
    private readonly string? _smallDisk;
    private int _turn;

    private FaultBed(TestDatabase database, string? smallDisk)
    {
        Database = database;
        Strikes = new Strikes(database);
        Post = Path.Combine(_data.FullName, "mail");
        if (smallDisk is not null)
            Directory.CreateSymbolicLink(Post, Directory.CreateDirectory(Path.Combine(smallDisk, _data.Name)).FullName);
        _smallDisk = smallDisk;
        _nodes = [Node.Start(database, _data.FullName), Node.Start(database, _data.FullName)];
    }

    public TestDatabase Database { get; }

    /// <summary>The folder letters arrive in.</summary>
    public string Post { get; }

    /// <summary>The node whose turn it is.</summary>
    public Node Node => _nodes[_turn % _nodes.Length];

    /// <summary>The other one.</summary>
    public Node Other => _nodes[(_turn + 1) % _nodes.Length];

    internal Strikes Strikes { get; }

    /// <summary>Makes one with both nodes starting.</summary>
    /// <param name="smallDisk">A folder on a disk that can really be filled, for letters; null: a disk without room is played.</param>
    public static async Task<FaultBed> MakeAsync(string? smallDisk = null)
    {
        var bed = new FaultBed(await TestDatabase.CreateAsync(), smallDisk);
        await bed.Strikes.PrepareAsync();
        return bed;
    }

    /// <summary>From now on the other node is asked.</summary>
    public void Turn() => _turn++;

    /// <summary>Letters nobody delivers any more are free at once, as they are when a lease or a pause is over.</summary>
    public Task FreeLettersAsync() => Database.AsOwnerAsync(
        """
        UPDATE outbox SET available_at = least(available_at, now()), leased_until = CASE WHEN leased_until IS NULL THEN NULL ELSE now() - interval '1 second' END
        WHERE topic = 'mail' AND delivered_at IS NULL AND given_up_at IS NULL
        """);

    /// <summary>The folder of letters takes no file for a while: its disk is full, or a file stands where it was.</summary>
    public async Task WithFullDiskAsync(Func<Task> work)
    {
        if (_smallDisk is not null)
        {
            await WithFilledDiskAsync(Path.Combine(_smallDisk, $"{_data.Name}.filling"), work);
            return;
        }

        // A disk without room cannot be had on every machine; for the program it is the same: no file can be made.
        var aside = Post + ".aside";
        Directory.CreateDirectory(Post);
        Directory.Move(Post, aside);
        await File.WriteAllTextAsync(Post, "");
        try
        {
            await work();
        }
        finally
        {
            File.Delete(Post);
            Directory.Move(aside, Post);
        }
    }

    /// <summary>Fills the disk to its last byte while the work is done.</summary>
    private static async Task WithFilledDiskAsync(string filling, Func<Task> work)
    {
        try
        {
            await using (var file = new FileStream(filling, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                var block = new byte[4096];
                while (TryWrite(file, block))
                {
                    // Until there is no room.
                }
            }

            await work();
        }
        finally
        {
            File.Delete(filling);
        }
    }

    private static bool TryWrite(FileStream file, byte[] block)
    {
        try
        {
            file.Write(block);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        if (_smallDisk is not null)
            Directory.Delete(Path.Combine(_smallDisk, _data.Name), recursive: true);
        await Database.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
