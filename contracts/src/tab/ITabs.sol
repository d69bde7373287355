// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IPaymentReceiver} from "../order/IPaymentReceiver.sol";

/// @notice What has been bought on a tab since its last settlement. Its version counts up with every purchase and every refund;
/// both the tab's key and the operator sign each version, and the newest that both signed is what is owed.
struct TabState {
    address account;
    address key;
    address token;
    /// Settlements of the tab before this one: what is settled once is never owed again.
    uint24 epoch;
    uint64 version;
    /// Sum of all payees' amounts.
    uint128 spent;
    /// keccak256 of the ABI-encoded `Payee[]`.
    bytes32 payees;
    /// Hash chain over the purchases, so that each can be shown to be part of what was paid.
    bytes32 purchases;
    /// Signed by both only to end the tab: it pays at once, and what is left goes back to the account.
    bool closing;
}

/// @notice A balance in the vault that a settlement pays, and how much: a shop's account, a creator's, a friend's.
struct Payee {
    address account;
    uint128 amount;
}

/// @title Tabs: money that an account sets aside for one key to spend, through one operator, until a time.
/// @notice The money leaves the account's balance when the tab is opened and comes back when it is over. Between the two it pays
/// for orders that the key signs, one by one, and for what the key has bought on the tab, which is settled in one go. It does
/// nothing else, and nobody can take it back at once: what an operator has promised to a buyer is therefore paid for.
/// A key serves one tab per token and never another.
interface ITabs is IPaymentReceiver {
    /// @notice Opened, or topped up: `amount` was added, `left` is there now.
    event TabOpened(
        address indexed account,
        address indexed key,
        address indexed token,
        uint128 amount,
        uint128 left,
        uint64 shopId,
        uint40 validUntil,
        uint24 operatorId
    );
    /// @notice An order of the account was paid from its tab.
    event TabSpent(address indexed account, address indexed key, address indexed token, uint128 amount, uint128 left);
    /// @notice The account wants its money back: nothing new after `validUntil`.
    event TabClosing(address indexed account, address indexed key, address indexed token, uint40 validUntil);
    /// @notice Over. `amount` is in the account's balance again.
    event TabReleased(address indexed account, address indexed key, address indexed token, uint128 amount);
    /// @notice One side brought a state alone; it is paid at `payableFrom` unless the other brings a newer one.
    event TabClaimed(
        address indexed account,
        address indexed key,
        address indexed token,
        uint64 version,
        uint128 spent,
        bool byOperator,
        uint40 payableFrom
    );
    /// @notice A claim was of an old state. `compensation` came out of the operator's bond if the operator had brought it.
    event TabCorrected(
        address indexed account,
        address indexed key,
        address indexed token,
        uint64 version,
        uint128 spent,
        uint256 compensation
    );
    /// @notice The payees have their money.
    event TabSettled(
        address indexed account,
        address indexed key,
        address indexed token,
        uint24 epoch,
        uint64 version,
        uint128 spent,
        uint128 left,
        bytes32 purchases
    );

    error Tabs_NotOrderBook(address caller);
    /// @notice Thrown for the zero key, a sum of zero or above 128 bits, an end that is past or more than 30 days away, or
    /// an operator that does not exist.
    error Tabs_Invalid();
    /// @notice Thrown when no tab is open: never opened, closed, or over since `validUntil`.
    error Tabs_NotOpen(address account, address key, uint256 validUntil);
    /// @notice Thrown when a key that has served a tab is to serve another, or a top-up changes shop or operator.
    error Tabs_KeyUsed(address account, address key);
    error Tabs_OtherShop(uint256 shopId, uint256 wanted);
    error Tabs_OverLimit(uint256 left, uint256 wanted);
    error Tabs_StillOpen(uint256 validUntil);
    /// @notice Thrown for a state that is settled already, or not newer than the one claimed.
    error Tabs_Stale(uint24 epoch, uint64 version);
    /// @notice Thrown when payees do not match their hash or do not add up.
    error Tabs_WrongPayees();
    error Tabs_InvalidSignature(address signer);
    error Tabs_Claimed(uint256 payableFrom);
    error Tabs_NotClaimed();
    error Tabs_TooEarly(uint256 payableFrom);

    /// @notice Ends a tab of the caller ten minutes from now, if it does not end before: what is promised can still be paid.
    function close(address key, address token) external;

    /// @notice Gives what is left of a tab that is over back to its account. Anyone may.
    function release(address account, address key, address token) external;

    /// @notice Takes `amount` for an order of a shop. Reverts unless the tab covers it. OrderBook only.
    /// @return operatorId Whose tab it is.
    function spend(address account, address key, uint256 shopId, address token, uint256 amount)
        external
        returns (uint24 operatorId);

    /// @notice Pays a state that both sides signed for the purpose (`closing`), at once, and ends the tab.
    function settle(TabState calldata state, Payee[] calldata payees, bytes calldata keySignature, bytes calldata operatorSignature)
        external;

    /// @notice Brings a state that the other side signed: the operator one of the key, the account one of the operator. It is
    /// payable after the challenge period.
    /// @param byOperator Whose claim it is: the signature is the other side's.
    function claim(TabState calldata state, bool byOperator, bytes calldata signature) external;

    /// @notice Brings a newer state than the one claimed, signed by the side that claimed the old one. An operator caught
    /// with an old state compensates the account from its bond.
    function challenge(TabState calldata state, bytes calldata signature) external;

    /// @notice Pays a claim whose challenge period is over. Anyone may.
    function finish(address account, address key, address token, Payee[] calldata payees) external;

    /// @return left 0 with `validUntil` 0: never opened.
    function tabOf(address account, address key, address token)
        external
        view
        returns (uint128 left, uint40 validUntil, uint64 shopId, uint24 operatorId, uint24 epoch);

    /// @return payableFrom 0: nothing is claimed.
    function claimOf(address account, address key, address token)
        external
        view
        returns (uint64 version, uint128 spent, bool byOperator, uint40 payableFrom);

    /// @notice EIP-712 digest that key and operator sign. Domain "Kaishi Tabs", version "1".
    function digestOf(TabState calldata state) external view returns (bytes32);
}
