// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC3009} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {IERC3009Receive} from "./IERC3009Receive.sol";

/// @title Play money of the embedded chain, with the same doors as a real stablecoin: permit and ERC-3009.
contract TestToken is ERC20, ERC20Permit, ERC3009, Ownable, IERC3009Receive {
    event MinterChanged(address indexed minter, bool allowed);

    error TestToken_NotMinter(address caller);

    uint8 private immutable _decimals;

    mapping(address account => bool) public isMinter;

    constructor(string memory name_, string memory symbol_, uint8 decimals_, address owner)
        ERC20(name_, symbol_)
        ERC20Permit(name_)
        Ownable(owner)
    {
        _decimals = decimals_;
    }

    /// @notice Lets `minter` issue the token, or no longer. Owner only.
    function setMinter(address minter, bool allowed) external onlyOwner {
        isMinter[minter] = allowed;
        emit MinterChanged(minter, allowed);
    }

    /// @notice Issues `amount` base units to `to`. Owner or a minter.
    function mint(address to, uint256 amount) external {
        require(isMinter[msg.sender] || msg.sender == owner(), TestToken_NotMinter(msg.sender));
        _mint(to, amount);
    }

    /// @inheritdoc IERC3009Receive
    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external {
        bytes32 structHash =
            keccak256(abi.encode(RECEIVE_WITH_AUTHORIZATION_TYPEHASH, from, to, value, validAfter, validBefore, nonce));
        require(
            SignatureChecker.isValidSignatureNowCalldata(from, _hashTypedDataV4(structHash), signature),
            ERC3009InvalidSignature()
        );
        require(to == _msgSender(), ERC20InvalidReceiver(to));
        _transferWithAuthorization(from, to, value, validAfter, validBefore, nonce);
    }

    /// @inheritdoc ERC20
    function decimals() public view override returns (uint8) {
        return _decimals;
    }
}
