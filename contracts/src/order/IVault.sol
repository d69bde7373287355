// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// @notice A balance in the vault that is paid, and how much: a shop's account, a creator's, a friend's.
struct Payee {
    address account;
    uint128 amount;
}

/// @title Internal balances. An account is a person's address, or a shop: `address(uint160(shopId))`.
/// @notice Balances change only by deposit, by an order's terms, or by withdrawal of whoever owns the account. No owner, no pause, no upgrade.
interface IVault {
    event Deposited(address indexed account, address indexed token, uint256 amount);
    event Withdrawn(address indexed account, address indexed token, uint256 amount, address to);
    /// @notice A balance moved inside the vault.
    event Transferred(address indexed from, address indexed token, uint256 amount, address indexed to);

    error Vault_InsufficientBalance(address account, address token, uint256 balance, uint256 needed);
    /// @notice Thrown when a token delivered another amount than it was asked for (fee on transfer, rebasing).
    error Vault_WrongAmountReceived(address token, uint256 received, uint256 expected);
    error Vault_InvalidRecipient(address to);
    error Vault_NativeTransferFailed(address to);
    /// @notice Thrown when native coin is sent along with a call that does not need it.
    error Vault_UnexpectedNative(uint256 value);
    error Vault_Unauthorized(address account, address caller);
    /// @notice Thrown when the receiver of a payment does not answer {IPaymentReceiver.onPaid} as it must.
    error Vault_PaymentRejected(address to);
    /// @notice Thrown when a deposit's ERC-3009 nonce could be an order's id: it must fit into 192 bits.
    error Vault_InvalidNonce(bytes32 nonce);

    /// @notice Credits `account` with exactly `amount` pulled from the caller's allowance, or with `msg.value` when `token` is zero.
    function deposit(address account, address token, uint256 amount) external payable;

    /// @notice Credits `from` by an ERC-3009 authorization it signed for this vault. Anyone may submit it.
    /// @param nonce At most `type(uint192).max`, so that nobody can turn an order's payment into a deposit.
    function depositWithAuthorization(
        address from,
        address token,
        uint256 amount,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external;

    /// @notice Pays the caller's own balance out to `to`.
    function withdraw(address token, uint256 amount, address to) external;

    /// @notice Pays a shop's balance out to its payout address, or to its cold address if it is guarded.
    /// Owner, or money role within the day's limit; see {ITreasury}.
    function withdrawShop(uint256 shopId, address token, uint256 amount) external;

    /// @notice Pays what a guarded shop's balance has above its cap out to the cold address. Anyone; nothing to pay is no error.
    function sweep(uint256 shopId, address token) external returns (uint256 amount);

    /// @notice Moves a part of the caller's own balance to another account of the vault.
    function transfer(address token, address to, uint256 amount) external;

    /// @notice As many {transfer}s in one: all or nothing.
    function transferEach(address token, Payee[] calldata payees) external;

    /// @notice Pays out of the caller's own balance to a contract that answers payments, see {IPaymentReceiver}.
    function transferAndCall(address token, address to, uint256 amount, bytes calldata data) external;

    function balanceOf(address account, address token) external view returns (uint256);

    /// @notice Sum of balances and open escrows of a token; the vault always holds at least this much.
    function owed(address token) external view returns (uint256);
}
