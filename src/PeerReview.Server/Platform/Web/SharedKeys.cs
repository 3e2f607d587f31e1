using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;
using PeerReview.Server.Platform.Data;

namespace PeerReview.Server.Platform.Web;

/// <summary>Keeps the keys that sign forms in the database, so that every node accepts a form another one showed.</summary>
/// <remarks>They protect forms against forgery and nothing else; whoever reads the database can already do more.</remarks>
public sealed class SharedKeys(Database database) : IConfigureOptions<KeyManagementOptions>, IXmlRepository
{
    private const string Prefix = "form-key:";

    public void Configure(KeyManagementOptions options) => options.XmlRepository = this;

    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. Wait(database.QueryAsync<string>(Scope.None, Sql.All, new { Like = Prefix + "%" }, CancellationToken.None)).Select(XElement.Parse)];

    public void StoreElement(XElement element, string friendlyName) =>
        Wait(database.ExecuteAsync(
            Scope.None, Sql.Store, new { Key = Prefix + friendlyName, Value = element.ToString(SaveOptions.DisableFormatting) }, CancellationToken.None));

    // The framework asks for keys synchronously, once at start and once in three months.
    private static T Wait<T>(Task<T> task) => Task.Run(() => task).GetAwaiter().GetResult();

    private static class Sql
    {
        public const string All = "SELECT value FROM app.setting WHERE key LIKE @Like ORDER BY key";

        public const string Store =
            "INSERT INTO app.setting (key, value) VALUES (@Key, @Value) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    }
}
