using System.Globalization;
using System.Security.Cryptography;

namespace PeerReview.Server.Platform.Data;

/// <summary>One step of the schema: a file <c>NNNN_what_changes.sql</c>.</summary>
/// <param name="Number">1 for the first; without gaps.</param>
/// <param name="Name">The file name without its ending.</param>
/// <param name="Sql">The statements.</param>
/// <param name="Checksum">SHA-256 of the bytes, lower-case hexadecimal.</param>
public sealed record MigrationFile(int Number, string Name, string Sql, string Checksum)
{
    /// <summary>A first line that takes the file out of a transaction, for <c>CREATE INDEX CONCURRENTLY</c>. Such a file
    /// holds one statement that may run twice (<c>IF NOT EXISTS</c>): a crash can come between it and the journal.</summary>
    public const string NoTransactionMarker = "-- no transaction";

    /// <summary>Whether the file runs outside a transaction.</summary>
    public bool NoTransaction => Sql.StartsWith(NoTransactionMarker, StringComparison.Ordinal);

    /// <summary>Reads every step of a folder, in order.</summary>
    /// <exception cref="DatabaseException">A name is not <c>NNNN_name.sql</c>, or a number is missing or taken twice.</exception>
    public static IReadOnlyList<MigrationFile> ReadFolder(string folder)
    {
        if (!Directory.Exists(folder))
            throw new DatabaseException($"The folder of migrations is not there: {folder}.");
        var files = Directory.GetFiles(folder, "*.sql").Order(StringComparer.Ordinal).Select(Read).ToList();
        for (var i = 0; i < files.Count; i++)
        {
            if (files[i].Number != i + 1)
                throw new DatabaseException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Migration {files[i].Name} should have the number {i + 1:0000}: numbers run from 0001 without gaps."));
        }

        return files;
    }

    private static MigrationFile Read(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        if (name.Length < 6 || name[4] != '_'
            || !int.TryParse(name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw new DatabaseException($"Migration {name}.sql should be named NNNN_what_changes.sql.");
        var bytes = File.ReadAllBytes(path);
        return new MigrationFile(
            number, name, System.Text.Encoding.UTF8.GetString(bytes), Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }
}
