// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {IPaymentReceiver} from "../order/IPaymentReceiver.sol";
import {Payee} from "../order/IVault.sol";

/// @notice What has been bought on a tab since its last settlement. Its version counts up with every purchase and every refund;
/// both the tab's key and the operator sign each version, and the newest that both signed is what is owed. The key signs first,
/// refunds too: an operator that has signed a smaller sum than the key would be caught with an old state by bringing its own.
struct TabState {
    address account;
    address key;
    address token;
    /// Settlements of the tab before this one: what is settled once is never owed again.
    uint24 epoch;
    uint64 version;
    /// Sum of all payees' amounts.
    uint128 spent;
    /// keccak256 of the ABI-encoded `Payee[]`: at most 64, none of them the zero address.
    bytes32 payees;
    /// Hash chain over the purchases, so that each can be shown to be part of what was paid.
    bytes32 purchases;
    /// Signed by both only to end the tab: it pays at once, and what is left goes back to the account. A version of its own, and
    /// the last: whoever has both signatures can settle it whenever they like.
    bool closing;
}

/// @notice What an account signs to have a new tab opened by anybody. EIP-712, in the order book's domain; the signature is good once,
/// since a key serves one tab.
struct TabOpening {
    address account;
    address key;
    address token;
    uint128 amount;
    /// 0: of any shop.
    uint64 shopId;
    uint40 validUntil;
    uint24 operatorId;
}

/// @title Tabs: money that an account sets aside for one key to spend, through one operator, until a time.
/// @notice The money leaves the account's balance when the tab is opened and comes back when it is over. Between the two it pays
/// for orders that the key signs, one by one, and for what the key has bought on the tab, which is settled in one go. It does
/// nothing else, and nobody can take it back at once: what an operator has promised to a buyer is therefore paid for.
/// Orders are placed by the tab's operator alone: an order that somebody else slipped in between would eat what the operator has
/// promised. An operator that refuses to place any has ten minutes, then the account has its money back.
/// A tab for one shop only keeps its key's orders to that shop; what is bought on the tab may pay others too, with the operator's
/// signature, such as whom the shop's terms give a share. A key serves one tab per token and never another.
/// @dev This contract's balance in the vault is, per token, the sum of all tabs' `left` and all claims' `spent`.
interface ITabs is IPaymentReceiver {
    /// @notice Opened, or topped up: `amount` was added, `left` can be spent now.
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
    /// @notice Over without a state that ends it. `amount` is in the account's balance again.
    event TabReleased(address indexed account, address indexed key, address indexed token, uint128 amount);
    /// @notice One side brought a state alone; it is paid from `payableFrom` unless the other brings a newer one. `spent` is set
    /// aside from what the tab has left.
    event TabClaimed(
        address indexed account,
        address indexed key,
        address indexed token,
        uint64 version,
        uint128 spent,
        bool byOperator,
        uint128 left,
        uint40 payableFrom
    );
    /// @notice A claim was of an old state; this one is in its place, and an hour begins anew. `compensation` came out of the
    /// operator's bond if the operator had brought the old one.
    event TabCorrected(
        address indexed account,
        address indexed key,
        address indexed token,
        uint64 version,
        uint128 spent,
        uint128 left,
        uint40 payableFrom,
        uint256 compensation
    );
    /// @notice The payees have their money. `closing`: the tab is over, and `left` is in the account's balance again.
    event TabSettled(
        address indexed account,
        address indexed key,
        address indexed token,
        uint24 epoch,
        uint64 version,
        uint128 spent,
        uint128 left,
        bytes32 purchases,
        bool closing
    );

    error Tabs_NotOrderBook(address caller);
    /// @notice Thrown when `caller` is not the operator of the tab, or neither its account nor its key.
    error Tabs_NotParty(address caller);
    /// @notice Thrown for the zero key, a sum of zero or above 96 bits, an end that is past or more than 30 days away, or
    /// no operator. That it is registered is the account's to check: otherwise nothing is spent, and all comes back in the end.
    error Tabs_Invalid();
    /// @notice Thrown when no tab is open: never opened, closed, or over since `validUntil`.
    error Tabs_NotOpen(address account, address key, uint256 validUntil);
    /// @notice Thrown when a key that has served a tab is to serve another, or a top-up changes shop or operator,
    /// or what was signed to open a tab is brought again.
    error Tabs_KeyUsed(address account, address key);
    error Tabs_OtherShop(uint256 shopId, uint256 wanted);
    error Tabs_OverLimit(uint256 left, uint256 wanted);
    error Tabs_StillOpen(uint256 validUntil);
    /// @notice Thrown for a state that is settled already, or not newer than the one claimed.
    error Tabs_Stale(uint24 epoch, uint64 version);
    /// @notice Thrown when payees do not match their hash, do not add up, or are more than 64.
    error Tabs_WrongPayees();
    error Tabs_InvalidSignature(address signer);
    error Tabs_Claimed(uint256 payableFrom);
    error Tabs_NotClaimed();
    error Tabs_TooEarly(uint256 payableFrom);
    /// @notice Thrown when both sides have had their turn to correct a claim.
    error Tabs_TooLate(uint256 payableFrom);
    /// @notice Thrown when a state that ends no tab is to be paid at once.
    error Tabs_NotClosing();

    /// @notice Ends a tab of the caller ten minutes from now, if it does not end before: what is promised can still be paid.
    function close(address key, address token) external;

    /// @notice Gives what is left of a tab that is over back to its account. Anyone may. A claim that nobody has finished within
    /// seven days lapses.
    function release(address account, address key, address token) external;

    /// @notice Opens a tab that the account has signed for. Never a top-up: the signature is good once. OrderBook only, which brings the money.
    function open(TabOpening calldata opening) external;

    /// @notice Takes `amount` for an order of a shop. Reverts unless the tab covers it. OrderBook only.
    /// @param placedBy Who called the order book: the operator's signer, or the batch that it called.
    /// @return operatorId Whose tab it is.
    function spend(address account, address key, uint256 shopId, address token, uint256 amount, address placedBy)
        external
        returns (uint24 operatorId);

    /// @notice Pays a state that both sides signed for the purpose (`closing`), at once, and ends the tab. Anyone may.
    /// @param operatorSignature May be empty when the operator itself calls, through the batch or not.
    function settle(TabState calldata state, Payee[] calldata payees, bytes calldata keySignature, bytes calldata operatorSignature)
        external;

    /// @notice Brings a state that the other side signed: the operator one of the key, the account (or its key) one of the
    /// operator. It is payable after the challenge period, one hour. Only until the tab is over.
    /// @param byOperator Whose claim it is: the caller is that side, the signature is the other's, and so both agree.
    function claim(TabState calldata state, bool byOperator, bytes calldata signature) external;

    /// @notice Brings a newer state than the one claimed, signed by the side that claimed the old one; the caller is the other
    /// side. An operator caught with an old state that took more compensates the account for the difference from its bond.
    /// The newer state is the claim now, the caller's, and open to one answer for another hour. After that answer it is final:
    /// a claim is paid three hours after it was made at the latest. An honest side needs no second turn: it brings its newest
    /// state at once, and the other can only answer with what the honest side has signed since.
    function challenge(TabState calldata state, bytes calldata signature) external;

    /// @notice Pays a claim whose challenge period is over. Anyone may. The tab goes on, in the next epoch.
    function finish(address account, address key, address token, Payee[] calldata payees) external;

    /// @return left What can be spent; what is claimed comes on top, see {claimOf}. 0 with `validUntil` 0: never opened.
    /// `operatorId` 0: released or settled, and the key is used up.
    function tabOf(address account, address key, address token)
        external
        view
        returns (uint128 left, uint40 validUntil, uint64 shopId, uint24 operatorId, uint24 epoch);

    /// @return version Of the state claimed.
    /// @return spent What it pays.
    /// @return byOperator Who brought it.
    /// @return payableFrom 0: nothing is claimed.
    function claimOf(address account, address key, address token)
        external
        view
        returns (uint64 version, uint128 spent, bool byOperator, uint40 payableFrom);

    /// @notice EIP-712 digest that key and operator sign. Domain "Kaishi Tabs", version "1".
    function digestOf(TabState calldata state) external view returns (bytes32);
}
