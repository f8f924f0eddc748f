namespace Copilot.Ingest.Otlp;

/// <summary>The field numbers of google.rpc.Status and of the details that a reply carries in it.</summary>
internal static class RpcStatusFields
{
    public static class Status
    {
        public const int Code = 1;
        public const int Message = 2;
        public const int Details = 3;
    }

    public static class Any
    {
        public const int TypeUrl = 1;
        public const int Value = 2;
    }

    public static class BadRequest
    {
        public const int FieldViolations = 1;
    }

    public static class FieldViolation
    {
        public const int Field = 1;
        public const int Description = 2;
    }

    public static class RetryInfo
    {
        public const int RetryDelay = 1;
    }

    public static class Duration
    {
        public const int Seconds = 1;
        public const int Nanos = 2;
    }
}
