using System.Text.Json;

namespace PeerReview.Server.Features.Demo;

/// <summary>The data folder of a demonstration.</summary>
public static class DemoFolder
{
    private const string FileName = "demo.json";

    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes who there is and how to sign in: <c>{"url", "accounts": [{"role", "name", "email", "token",
    /// "signIn"}], "clock": "manual"}</c>.</summary>
    public static Task WriteAsync(string data, Uri address, IReadOnlyList<DemoPerson> people, CancellationToken cancel) =>
        File.WriteAllTextAsync(
            Path.Combine(data, FileName),
            JsonSerializer.Serialize(
                new
                {
                    url = address.AbsoluteUri.TrimEnd('/'),
                    accounts = people.Select(p => p with { SignIn = new Uri(address, p.SignIn).AbsoluteUri }),
                    clock = "manual",
                },
                Indented),
            cancel);

    /// <summary>Who there was when it was written, or null.</summary>
    public static async Task<IReadOnlyList<DemoPerson>?> ReadAsync(string data, CancellationToken cancel)
    {
        var path = Path.Combine(data, FileName);
        if (!File.Exists(path))
            return null;
        var written = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(path, cancel));
        return written.GetProperty("accounts").Deserialize<List<DemoPerson>>(Indented);
    }

    /// <summary>Forgets the letters and accounts of a demonstration.</summary>
    public static void Forget(string data)
    {
        File.Delete(Path.Combine(data, FileName));
        if (Directory.Exists(Path.Combine(data, "mail")))
            Directory.Delete(Path.Combine(data, "mail"), recursive: true);
    }
}
